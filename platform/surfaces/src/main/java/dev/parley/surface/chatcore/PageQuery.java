package dev.parley.surface.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.slice.SliceRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which page of a list a client asks for.
 *
 * @param page from 1
 * @param limit entries a page
 */
public record PageQuery(int page, int limit) {

    /** The most entries that one page may be asked for. */
    private static final int MAX_LIMIT = 100;

    /** What {@code limit} is where only {@code page} is given. */
    private static final int DEFAULT_LIMIT = 20;

    /** The most entries of a page where neither {@code page} nor {@code limit} is given, which asks for everything. */
    private static final int MAX_UNPAGED = 1_000;

    private static final int MAX_PAGE = 1_000_000;

    /** The page as a part of the list. */
    public SliceRequest slice() {
        return new SliceRequest((long) (page - 1) * limit, limit);
    }

    /** @throws ApiException if a given value is no number or out of its bounds */
    public static PageQuery of(MultiValueMap<String, String> query) {
        List<FieldError> errors = new ArrayList<>();
        PageQuery page = of(query, errors);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return page;
    }

    /** Like {@link #of(MultiValueMap)}, but what is wrong is noted in {@code errors}. */
    public static PageQuery of(MultiValueMap<String, String> query, List<FieldError> errors) {
        if (!query.containsKey("page") && !query.containsKey("limit")) {
            return new PageQuery(1, MAX_UNPAGED);
        }
        int page = number(query.getFirst("page"), "page", 1, MAX_PAGE, errors);
        return new PageQuery(page, limit(query, DEFAULT_LIMIT, errors));
    }

    /** How many entries a page is to have, also where pages have no numbers. */
    public static int limit(MultiValueMap<String, String> query, int whenAbsent, List<FieldError> errors) {
        return number(query.getFirst("limit"), "limit", whenAbsent, MAX_LIMIT, errors);
    }

    /** A whole number from 1 to {@code max}; if it is anything else that is noted in {@code errors}. */
    private static int number(@Nullable String given, String name, int whenAbsent, int max, List<FieldError> errors) {
        if (given == null) {
            return whenAbsent;
        }
        try {
            int number = Integer.parseInt(given);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        errors.add(new FieldError(name, "range", name + " must be a whole number from 1 to " + max));
        return whenAbsent;
    }
}
