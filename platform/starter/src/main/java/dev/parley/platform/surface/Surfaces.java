package dev.parley.platform.surface;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the surface of a request by its path. What no surface owns is answered with problem details. */
public final class Surfaces {

    private record Owner(String path, Surface surface) {

        boolean owns(String asked) {
            return asked.startsWith(path) && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
        }
    }

    private final List<Owner> longestFirst = new ArrayList<>();
    private final Surface fallback = new ProblemSurface();

    /** @throws IllegalStateException if two have the same name or own the same path */
    public Surfaces(Collection<? extends Surface> surfaces) {
        Map<String, Surface> byName = new HashMap<>();
        Map<String, Surface> byPath = new HashMap<>();
        for (Surface surface : surfaces) {
            require(byName.put(surface.name(), surface) == null, "Two surfaces have the name " + surface.name());
            for (String path : surface.paths()) {
                require(path.startsWith("/") && !path.endsWith("/"), "Not the beginning of a path: " + path);
                Surface other = byPath.put(path, surface);
                require(other == null, "More than one surface owns " + path);
                longestFirst.add(new Owner(path, surface));
            }
        }
        longestFirst.sort(
                Comparator.comparingInt((Owner owner) -> owner.path().length()).reversed());
    }

    /** @param path of a request, as it was sent */
    public Surface at(String path) {
        for (Owner owner : longestFirst) {
            if (owner.owns(path)) {
                return owner.surface();
            }
        }
        return fallback;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
