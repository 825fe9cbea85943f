package ioverlay.observer.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds the resource for a method and a path. Routes are few: looking through a list is fast. */
final class Router implements Routes {
    /**
     * A resource at its place.
     *
     * @param method of HTTP
     * @param path as it was added
     * @param parts of the path
     * @param resource what answers
     * @param queries names that its query may have
     */
    record Route(String method, String path, List<String> parts, Resource resource, Set<String> queries) {
        /** What the named parts are in this path, if it is one of the route's. */
        Optional<Map<String, String>> match(List<String> segments) {
            if (segments.size() != parts.size()) {
                return Optional.empty();
            }
            Map<String, String> named = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                String segment = segments.get(i);
                if (part.startsWith("{") && !segment.isEmpty()) {
                    named.put(part.substring(1, part.length() - 1), segment);
                } else if (!part.equals(segment)) {
                    return Optional.empty();
                }
            }
            return Optional.of(named);
        }
    }

    /**
     * A route and what its named parts are.
     *
     * @param route that serves it
     * @param named parts of the path
     */
    record Found(Route route, Map<String, String> named) {}

    private final List<Route> routes = new CopyOnWriteArrayList<>();

    @Override
    public void add(String method, String path, Resource resource, String... queries) {
        routes.add(new Route(
                method, path, List.of(path.substring(1).split("/", -1)), resource, Set.copyOf(List.of(queries))));
    }

    /** All, in the order in which they were added. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * Finds it; empty where no method has anything at that path.
     *
     * @throws WrongMethod if only other methods have
     */
    Optional<Found> find(String method, List<String> segments) throws WrongMethod {
        String asked = method.equals("HEAD") ? "GET" : method;
        Set<String> others = new TreeSet<>();
        List<Found> found = new ArrayList<>();
        for (Route route : routes) {
            Optional<Map<String, String>> match = route.match(segments);
            if (match.isPresent() && route.method().equals(asked)) {
                found.add(new Found(route, match.get()));
            } else if (match.isPresent()) {
                others.add(route.method());
            }
        }
        if (found.isEmpty() && !others.isEmpty()) {
            throw new WrongMethod(method, others);
        }
        // What is named in full goes before what any text matches.
        return found.stream().min((a, b) -> a.named().size() - b.named().size());
    }

    /** The path is there, for other methods. */
    static final class WrongMethod extends Exception {
        private static final long serialVersionUID = 1;

        /** As the header {@code Allow} has them. */
        final String allowed;

        /** For a person. */
        final String sentence;

        WrongMethod(String method, Set<String> others) {
            this.sentence = "here one may only " + String.join(", ", others) + ", not " + method;
            Set<String> all = new TreeSet<>(others);
            if (all.contains("GET")) {
                all.add("HEAD");
            }
            this.allowed = String.join(", ", all);
        }
    }
}
