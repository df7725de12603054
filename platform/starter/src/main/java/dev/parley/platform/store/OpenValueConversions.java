package dev.parley.platform.store;

import dev.parley.events.Block;
import dev.parley.events.ConversationKind;
import dev.parley.events.FileStatus;
import dev.parley.events.OpenValue;
import dev.parley.events.Participant;
import dev.parley.events.QuoteState;
import dev.parley.events.SenderKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;

/** Stores each {@link OpenValue} as its name, as an enum would be. */
final class OpenValueConversions {

    private static final Map<Class<?>, Function<String, OpenValue>> TYPES = Map.of(
            SenderKind.class, SenderKind::of,
            QuoteState.class, QuoteState::of,
            ConversationKind.class, ConversationKind::of,
            FileStatus.class, FileStatus::of,
            Participant.Role.class, Participant.Role::of,
            Block.Format.class, Block.Format::of,
            Block.MediaKind.class, Block.MediaKind::of,
            Block.NoticeKind.class, Block.NoticeKind::of);

    private OpenValueConversions() {}

    static List<GenericConverter> all() {
        return List.of(new Writer(), new Reader());
    }

    @WritingConverter
    private static final class Writer implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return TYPES.keySet().stream()
                    .map(type -> new ConvertiblePair(type, String.class))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable Object convert(@Nullable Object value, TypeDescriptor source, TypeDescriptor target) {
            return value == null ? null : ((OpenValue) value).name();
        }
    }

    @ReadingConverter
    private static final class Reader implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return TYPES.keySet().stream()
                    .map(type -> new ConvertiblePair(String.class, type))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public @Nullable Object convert(@Nullable Object value, TypeDescriptor source, TypeDescriptor target) {
            return value == null
                    ? null
                    : Objects.requireNonNull(TYPES.get(target.getType())).apply((String) value);
        }
    }
}
