package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import java.util.concurrent.CountDownLatch;

/** Never comes back from its check, unless it is interrupted. */
public final class Hanging extends BasicAlgorithm {
    @Override
    public void check() throws Exception {
        new CountDownLatch(1).await();
    }
}
