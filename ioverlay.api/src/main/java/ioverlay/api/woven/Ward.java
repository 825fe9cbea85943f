package ioverlay.api.woven;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who is cancelled in the code of one class loader.
 *
 * <p>All looks of that code share one call site: its target is nothing at all while nobody is cancelled, which compiled
 * code leaves out, and a search otherwise. When the target moves, the virtual machine throws away what it compiled, so
 * code that is looping notices too. That is how a {@link java.lang.invoke.SwitchPoint} works; one for each loader, which
 * can also be set back, leaves nothing to link again.
 *
 * <p>Nothing here refers to the loader or to a class of it, so that it can go.
 */
final class Ward {
    private static final MethodHandle NOTHING = MethodHandles.zero(void.class);
    private static final Map<ClassLoader, Ward> WARDS = new WeakHashMap<>();

    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle search;

    /** Written with the ward locked, read at each look. */
    private final List<Cancellation> open = new CopyOnWriteArrayList<>();

    private Ward() {
        try {
            search = MethodHandles.lookup().bind(this, "search", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the method is below", e);
        }
    }

    static Ward of(ClassLoader code) {
        synchronized (WARDS) {
            return WARDS.computeIfAbsent(code, loader -> new Ward());
        }
    }

    CallSite site() {
        return site;
    }

    /** Called through its handle. */
    @SuppressWarnings("UnusedMethod")
    private void search() {
        for (Cancellation cancellation : open) {
            if (cancellation.meansCurrentThread()) {
                throw new TurnCancelled();
            }
        }
    }

    synchronized void add(Cancellation cancellation) {
        open.add(cancellation);
        if (open.size() == 1) {
            aim(search);
        }
    }

    synchronized void remove(Cancellation cancellation) {
        if (open.remove(cancellation) && open.isEmpty()) {
            aim(NOTHING);
        }
    }

    private void aim(MethodHandle target) {
        site.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }
}
