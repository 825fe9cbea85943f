package ioverlay.container.retire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleReference;

/**
 * What is seen, at one moment, of what may hold class loaders: threads. A platform thread holds a loader by its context,
 * by its own class, or by the code it runs; of a virtual thread only the last can be seen, and of either only by the name
 * of the class, which several versions of a bundle may share. What an algorithm starts in its {@code begin} has its loader
 * as context, so a pool's or a timer's idle thread is seen too.
 */
final class Holders {
    private final Map<Thread, StackTraceElement[]> platform;
    private final List<ThreadDump.Seen> virtual;

    private Holders(Map<Thread, StackTraceElement[]> platform, List<ThreadDump.Seen> virtual) {
        this.platform = platform;
        this.virtual = virtual;
    }

    /** Looks around, or, if nobody needs it, does not. */
    static Holders now(boolean needed) {
        return needed
                ? new Holders(Thread.getAllStackTraces(), ThreadDump.virtual())
                : new Holders(Map.of(), List.of());
    }

    /** What can be seen to hold a bundle's class loader, as sentences; never empty. */
    List<String> of(Departed left) {
        List<String> holders = new ArrayList<>();
        platform.forEach((thread, stack) ->
                how(left, thread, stack).ifPresent(how -> holders.add("the thread '" + thread.getName() + "' " + how)));
        virtual.forEach(seen -> in(left, seen.frames().stream())
                .ifPresent(how -> holders.add("the virtual thread '" + seen.name() + "' " + how)));
        holders.addAll(left.users());
        if (holders.isEmpty()) {
            holders.add("nothing that can be seen holds it; it goes with a collection to come, which nobody forces");
        }
        return holders;
    }

    private static Optional<String> how(Departed left, Thread thread, StackTraceElement[] stack) {
        if (left.isLoader(thread.getClass().getClassLoader())) {
            return Optional.of("is an object of its class " + thread.getClass().getName());
        }
        ClassLoader context = thread.getContextClassLoader();
        if (!left.isLoader(context)
                && context instanceof BundleReference other
                && left.bundle().equals(other.getBundle().getSymbolicName())) {
            return Optional.empty(); // another version of the bundle has begun it: the names of its classes say nothing
        }
        Optional<String> at =
                in(left, Stream.of(stack).map(frame -> frame.getClassName() + "." + frame.getMethodName()));
        return at.isEmpty() && left.isLoader(context) ? Optional.of("has it as its context class loader") : at;
    }

    private static Optional<String> in(Departed left, Stream<String> frames) {
        return frames.filter(frame -> left.hasClass(frame.substring(0, Math.max(0, frame.lastIndexOf('.')))))
                .findFirst()
                .map(frame -> "is in " + frame);
    }
}
