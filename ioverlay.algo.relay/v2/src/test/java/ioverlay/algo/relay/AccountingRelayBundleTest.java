package ioverlay.algo.relay;

class AccountingRelayBundleTest extends BundleContract {
    @Override
    String version() {
        return "2.0.0";
    }

    @Override
    Class<?> component() {
        return AccountingRelay.class;
    }
}
