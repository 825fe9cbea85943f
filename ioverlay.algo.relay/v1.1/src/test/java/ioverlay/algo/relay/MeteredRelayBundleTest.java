package ioverlay.algo.relay;

class MeteredRelayBundleTest extends BundleContract {
    @Override
    String version() {
        return "1.1.0";
    }

    @Override
    Class<?> component() {
        return MeteredRelay.class;
    }
}
