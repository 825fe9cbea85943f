package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.container.shadow.Loan;

/** A lease, as a shadow run sees it. */
record ShadowLoan(Lease<Algorithm> lease) implements Loan {
    @Override
    public String name() {
        return lease.source().name();
    }

    @Override
    public String version() {
        return lease.source().version().toString();
    }

    @Override
    public Algorithm instance() {
        return lease.instance();
    }

    @Override
    public void whenGone(Runnable leave) {
        lease.whenGone(leave);
    }

    @Override
    public void giveBack() {
        lease.close();
    }
}
