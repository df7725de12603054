package dev.parley.notification.audience;

import dev.parley.events.Block;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.ConversationUpdated.MemberChange;
import dev.parley.events.CountStart;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.notification.audience.ConversationState.Creation;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import dev.parley.platform.event.ReceivedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of a batch, put together by what they are about, so that each of these is written once. */
final class AudienceBatch {

    private static final Runnable NOTHING = () -> {};

    /** What one event says about one member. */
    private record MemberEvent(String conversationId, String userId, Consumer<MemberState> change) {

        String memberId() {
            return StoredMember.id(conversationId, userId);
        }
    }

    private final Map<String, ConversationState> conversations = new LinkedHashMap<>();
    private final List<MemberEvent> memberEvents = new ArrayList<>();

    static AudienceBatch of(List<ReceivedEvent> batch) {
        AudienceBatch events = new AudienceBatch();
        Addition addition = events.new Addition();
        batch.forEach(received -> {
            if (received.data() instanceof ConversationEvent event) {
                event.accept(addition).run();
            }
        });
        return events;
    }

    Collection<ConversationState> conversations() {
        return conversations.values();
    }

    /** The ids of the memberships that something is said about. */
    List<String> memberIds() {
        return memberEvents.stream().map(MemberEvent::memberId).distinct().toList();
    }

    /** The conversations that were deleted for everybody. */
    List<String> deletedConversations() {
        return conversations.values().stream()
                .filter(ConversationState::isDeleted)
                .map(ConversationState::id)
                .toList();
    }

    /** The members of whom something else is known after the batch than before. */
    List<MemberState> changed(Map<String, StoredMember> known) {
        Map<String, MemberState> states = new LinkedHashMap<>();
        for (MemberEvent event : memberEvents) {
            ConversationState conversation = conversations.get(event.conversationId());
            if (conversation == null || !conversation.isDeleted()) {
                event.change().accept(states.computeIfAbsent(event.memberId(), id -> state(event, known.get(id))));
            }
        }
        return states.values().stream().filter(MemberState::isChanged).toList();
    }

    private static MemberState state(MemberEvent event, @Nullable StoredMember known) {
        return known == null ? MemberState.unknown(event.conversationId(), event.userId()) : new MemberState(known);
    }

    private ConversationState conversation(String id) {
        return conversations.computeIfAbsent(id, ConversationState::new);
    }

    private void about(String conversationId, String userId, Consumer<MemberState> change) {
        memberEvents.add(new MemberEvent(conversationId, userId, change));
    }

    /** Adds what each kind of event says; the others say nothing that this is about. */
    private final class Addition implements ConversationEvent.Visitor<Runnable> {

        @Override
        public Runnable conversationCreated(ConversationCreated event) {
            return () -> {
                conversation(event.conversationId())
                        .created(new Creation(event.tenantId(), event.kind(), event.name()));
                event.participants()
                        .forEach(one -> about(event.conversationId(), one.user().id(), MemberState::created));
            };
        }

        @Override
        public Runnable conversationUpdated(ConversationUpdated event) {
            return () -> {
                if (event.name() != null) {
                    conversation(event.conversationId()).renamed(event.name());
                }
                if (event.userId() != null && event.member() != null) {
                    updated(event.conversationId(), event.userId(), event.member());
                }
            };
        }

        @Override
        public Runnable conversationDeleted(ConversationDeleted event) {
            return () -> {
                if (event.userId() == null) {
                    conversation(event.conversationId()).deleted();
                } else if (event.cleared() != null) {
                    CountStart cleared = event.cleared();
                    about(event.conversationId(), event.userId(), member -> member.clear(cleared));
                }
            };
        }

        @Override
        public Runnable messageCreated(MessageCreated event) {
            return () -> sent(event.message());
        }

        @Override
        public Runnable messageChanged(MessageChange event) {
            return event.deletes() && event.message().countsAsUnread()
                    ? () -> conversation(event.conversationId()).entombed(tombstone(event.message()))
                    : NOTHING;
        }

        @Override
        public Runnable messageHidden(MessageHidden event) {
            return Boolean.TRUE.equals(event.counts())
                    ? () -> about(event.conversationId(), event.userId(), member -> member.hide(List.of(event.seq())))
                    : NOTHING;
        }

        @Override
        public Runnable receiptRead(ReceiptRead event) {
            Long ordinal = event.readOrdinal();
            Long sentOrdinal = event.readSentOrdinal();
            if (ordinal == null || sentOrdinal == null) {
                return NOTHING;
            }
            CountStart read = new CountStart(event.seq(), ordinal, sentOrdinal);
            return () -> about(event.conversationId(), event.userId(), member -> member.advance(read));
        }

        /** What was deleted for one member returns with a message, of which another event tells. */
        @Override
        public Runnable conversationReturned(ConversationReturned event) {
            return NOTHING;
        }

        @Override
        public Runnable conversationAdvanced(ConversationAdvanced event) {
            return NOTHING;
        }

        @Override
        public Runnable receiptCompleted(ReceiptCompleted event) {
            return NOTHING;
        }

        @Override
        public Runnable receiptDelivered(ReceiptDelivered event) {
            return NOTHING;
        }
    }

    private static Tombstone tombstone(MessageSnapshot message) {
        return new Tombstone(message.seq(), message.sender().id());
    }

    private void updated(String conversationId, String userId, MemberChange change) {
        about(conversationId, userId, member -> {
            if (change.mute() != null) {
                member.mute(change.mute().until());
            }
            if (change.cleared() != null) {
                member.clear(change.cleared());
            }
            if (change.mayRead() != null) {
                member.permitReading(change.mayRead());
            }
        });
    }

    private void sent(MessageSnapshot message) {
        conversation(message.conversationId()).advanced(message.seq(), message.ordinal());
        if (message.countsAsUnread()) {
            about(message.conversationId(), message.sender().id(), member -> member.sent(message.senderOrdinal()));
        } else {
            message.notice().ifPresent(notice -> membersChanged(message, notice));
        }
    }

    private void membersChanged(MessageSnapshot message, Block.Notice notice) {
        switch (notice.kind().effect()) {
            case JOINS -> aboutAll(message, notice, member -> member.joined(message.seq(), message.ordinal()));
            case LEAVES -> aboutAll(message, notice, member -> member.left(message.seq()));
            case CHANGES_ROLE, NONE -> {}
        }
    }

    private void aboutAll(MessageSnapshot message, Block.Notice notice, Consumer<MemberState> change) {
        notice.members()
                .forEach(one -> about(message.conversationId(), one.user().id(), change));
    }
}
