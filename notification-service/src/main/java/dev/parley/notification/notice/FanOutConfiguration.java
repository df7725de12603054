package dev.parley.notification.notice;

import dev.parley.notification.audience.Audience;
import dev.parley.notification.audience.OpenConversations;
import dev.parley.notification.device.Devices;
import dev.parley.notification.person.People;
import dev.parley.notification.preference.Preferences;
import dev.parley.notification.push.PushQueue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Brings notices to people as soon as all that takes part in it is there. */
@Configuration(proxyBeanMethods = false)
class FanOutConfiguration {

    @Bean
    @ConditionalOnBean({Audience.class, OpenConversations.class, Preferences.class})
    NoticeContents noticeContents(
            NoticeStore notices,
            Audience audience,
            Preferences preferences,
            OpenConversations open,
            People people,
            NoticeRendering rendering) {
        return new NoticeContents(notices, audience, new Recipients(preferences, open), people, rendering);
    }

    @Bean
    @ConditionalOnBean({Audience.class, OpenConversations.class, Preferences.class, Devices.class, PushQueue.class})
    FanOut fanOut(
            Audience audience,
            Devices devices,
            Preferences preferences,
            OpenConversations open,
            PushQueue pushes,
            Decisions decisions) {
        return new FanOut(audience, devices, new Recipients(preferences, open), pushes, decisions);
    }

    @Bean
    @ConditionalOnBean({Audience.class, OpenConversations.class, Preferences.class, Devices.class, PushQueue.class})
    NoticeDispatch noticeDispatch(
            NoticeStore store, FanOut fanOut, FanOutSettings settings, Decisions decisions, NoticeMetrics metrics) {
        return new NoticeDispatch(store, fanOut, settings, decisions, metrics);
    }
}
