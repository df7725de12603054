package dev.parley.embedded.store.document;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.parley.embedded.store.key.TypeTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that an index sees at a dotted path: one, or one for each element where the path meets an array.
 *
 * @param values in document order; {@link Missing} where there is nothing
 * @param array the path up to the first array that was met, or null when none was
 */
public record PathValues(
        List<@Nullable Object> values, @Nullable String array) {

    public static PathValues of(Document document, String path) {
        Traversal traversal = new Traversal(path.split("\\.", -1));
        traversal.visit(document, 0);
        return new PathValues(traversal.values, traversal.array);
    }

    /** Whether the document says nothing at this path. */
    public boolean isMissing() {
        return values.stream().allMatch(value -> value instanceof Missing);
    }

    private static final class Traversal {

        private final String[] path;
        private final List<@Nullable Object> values = new ArrayList<>();
        private @Nullable String array;

        Traversal(String[] path) {
            this.path = path;
        }

        void visit(@Nullable Object value, int depth) {
            if (value instanceof Collection<?> elements) {
                visitArray(elements, depth);
            } else if (depth == path.length) {
                values.add(value);
            } else if (value instanceof Document document) {
                visit(document.getOrMissing(path[depth]), depth + 1);
            } else {
                values.add(Missing.getInstance());
            }
        }

        private void visitArray(Collection<?> elements, int depth) {
            if (depth < path.length && isPosition(path[depth])) {
                visit(elementAt(elements, path[depth]), depth + 1);
                return;
            }
            if (array == null) {
                array = String.join(".", Arrays.copyOf(path, depth));
            }
            if (elements.isEmpty()) {
                values.add(depth == path.length ? TypeTag.EMPTY_ARRAY_ELEMENT : Missing.getInstance());
            }
            for (Object element : elements) {
                if (element instanceof Collection<?> || depth == path.length) {
                    values.add(depth == path.length ? element : Missing.getInstance());
                } else {
                    visit(element, depth);
                }
            }
        }

        private static boolean isPosition(String name) {
            return !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        }

        private static @Nullable Object elementAt(Collection<?> elements, String position) {
            int index = Integer.parseInt(position);
            return index < elements.size() ? new ArrayList<>(elements).get(index) : Missing.getInstance();
        }
    }
}
