package dev.parley.platform.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request of a client surface calls the things of the domain. An adapter that gave user ids to the domain says
 * where it has them from, and its client is told of {@code memberIds[3]}:
 *
 * <pre>{@code
 * groups.create(caller, name, ids)
 *         .onErrorMap(ApiException.class, FieldNames.ofList("user", "memberIds", ids)::name)
 * }</pre>
 */
@FunctionalInterface
public interface FieldNames {

    /** The path of the field that named the thing; empty if the request did not name it. */
    Optional<String> of(Subject subject);

    /** One field that names a thing of this kind. */
    static FieldNames ofField(String kind, String field) {
        return subject -> subject.kind().equals(kind) ? Optional.of(field) : Optional.empty();
    }

    /** A list that names things of this kind by their ids; the first place of an id counts. */
    static FieldNames ofList(String kind, String field, List<String> ids) {
        return subject -> {
            int index = subject.kind().equals(kind) ? ids.indexOf(subject.id()) : -1;
            return index < 0 ? Optional.empty() : Optional.of(field + "[" + index + "]");
        };
    }

    /** These names, and the other ones for what has none here. */
    default FieldNames or(FieldNames other) {
        return subject -> of(subject).or(() -> other.of(subject));
    }

    /** The same failure with the fields named; what has no name stays a {@link Violation}. */
    default ApiException name(ApiException failure) {
        List<FieldError> errors = new ArrayList<>(failure.errors());
        List<Violation> unnamed = new ArrayList<>();
        for (Violation violation : failure.violations()) {
            of(violation.subject())
                    .ifPresentOrElse(
                            field -> errors.add(
                                    new FieldError(field, violation.code(), field + " " + violation.message())),
                            () -> unnamed.add(violation));
        }
        return failure.violations().isEmpty() ? failure : failure.with(errors, unnamed);
    }
}
