package ioverlay.container.shadow;

/** Where the instance of a shadow run comes from. */
@FunctionalInterface
public interface Lender {
    /**
     * Chooses the version and obtains an instance; called on the shadow's thread, since an author's code runs in it.
     *
     * @throws ioverlay.api.container.RefusedException if there is none
     */
    Loan lend();
}
