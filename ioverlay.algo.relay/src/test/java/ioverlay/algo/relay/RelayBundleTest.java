package ioverlay.algo.relay;

class RelayBundleTest extends BundleContract {
    @Override
    String version() {
        return "1.0.0";
    }

    @Override
    Class<?> component() {
        return Relay.class;
    }
}
