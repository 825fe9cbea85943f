package ioverlay.itest;

import ioverlay.api.container.Nodes;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.locks.LockSupport;

/**
 * Direct memory that is in use. The slabs of a container are as many as were ever needed at once, which on a busy machine is
 * a matter of chance; those that its pool has free are taken off, so that what is left grows with a leak and with nothing
 * else. The pool is inside the container's bundles, and they export none of it: that is why it is reached by reflection.
 */
final class Slabs {
    private static final int LOOKS = 100;
    private static final long BETWEEN_NS = 2_000_000;

    private final Object plane;
    private final Method freeBytes;

    private Slabs(Object plane) throws ReflectiveOperationException {
        this.plane = plane;
        freeBytes = plane.getClass().getMethod("freeBytes");
    }

    static Slabs of(LiveContainer container) throws ReflectiveOperationException {
        return new Slabs(inside(inside(container.service(Nodes.class), "container"), "plane"));
    }

    private static Object inside(Object outer, String name) throws ReflectiveOperationException {
        Field field = outer.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(outer);
    }

    /** The least of many looks: what is under way at one moment has arrived at another. */
    long leastBytesInUse() {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < LOOKS; look++) {
            least = Math.min(least, bytesInUse());
            LockSupport.parkNanos(BETWEEN_NS);
        }
        return least;
    }

    long bytesInUse() {
        try {
            long free = (long) freeBytes.invoke(plane); // first: what is taken meanwhile counts as in use
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .mapToLong(BufferPoolMXBean::getMemoryUsed)
                            .sum()
                    - free;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
