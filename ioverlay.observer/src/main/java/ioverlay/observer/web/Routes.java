package ioverlay.observer.web;

/** Where resources are. Each part of the observer adds its own before the web opens. */
public interface Routes {
    /**
     * Adds one.
     *
     * @param method {@code GET} or {@code POST}
     * @param path for example {@code /api/nodes/{id}}
     * @param queries names of the parameters that its query may have; any other is refused with 400
     */
    void add(String method, String path, Resource resource, String... queries);
}
