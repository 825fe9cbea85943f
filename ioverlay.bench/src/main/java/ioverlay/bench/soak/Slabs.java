package ioverlay.bench.soak;

import ioverlay.api.container.Nodes;
import ioverlay.bench.FailedException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;

/**
 * Direct memory that is in use. The slabs of a container are as many as were ever needed at once, which is a matter of
 * chance; those that its pool has free are taken off, so that what is left grows with a leak and with nothing else. The
 * pool is inside the container's bundles, which export none of it: that is why it is reached by reflection.
 */
final class Slabs {
    private Slabs() {}

    /** As it is. */
    static long bytesInUse(Nodes nodes) {
        try {
            Object plane = inside(inside(nodes, "container"), "plane");
            long free =
                    (long) plane.getClass().getMethod("freeBytes").invoke(plane); // first: what is taken now is in use
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getMemoryUsed)
                            .sum()
                    - free;
        } catch (ReflectiveOperationException e) {
            throw new FailedException("the container's pool of slabs is not where it was: " + e);
        }
    }

    private static Object inside(Object outer, String name) throws ReflectiveOperationException {
        Field field = outer.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(outer);
    }
}
