package dev.parley.auth.chatcore;

import dev.parley.auth.user.UserChanges;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.security.Caller;
import dev.parley.platform.text.TextLength;
import dev.parley.surface.chatcore.Page;
import dev.parley.surface.chatcore.PageQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The profile of the caller, and the other users of the tenant. */
@RestController
@RequestMapping("/api/v1/users")
class UserController {

    private static final int MAX_QUERY = 100;

    private final Users users;
    private final UserChanges changes;
    private final UserViews views;

    UserController(Users users, UserChanges changes, UserViews views) {
        this.views = views;
        this.users = users;
        this.changes = changes;
    }

    @GetMapping("/me")
    Mono<OwnUserView> me(Caller caller) {
        return users.get(caller.tenantId(), caller.userId()).flatMap(views::own);
    }

    @PatchMapping("/me")
    Mono<OwnUserView> changeMe(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        return changes.change(caller.tenantId(), caller.userId(), AuthRequests.profileChange(body))
                .flatMap(views::own);
    }

    @GetMapping
    Mono<Page<UserView>> list(Caller caller, @RequestParam MultiValueMap<String, String> query) {
        PageQuery page = PageQuery.of(query);
        String text = query.getFirst("query");
        if (text != null && TextLength.of(text) > MAX_QUERY) {
            String rule = "query must have at most " + MAX_QUERY + " characters";
            throw ApiException.invalid(List.of(new FieldError("query", "too-long", rule)));
        }
        return users.list(caller.tenantId(), text, page.slice())
                .flatMap(found -> views.of(caller.userId(), caller.tenantId(), found.items())
                        .map(found::with))
                .map(found -> Page.of(found, page));
    }

    @GetMapping("/{id}")
    Mono<UserView> get(Caller caller, @PathVariable String id) {
        return users.get(caller.tenantId(), id).flatMap(user -> views.of(caller.userId(), user));
    }
}
