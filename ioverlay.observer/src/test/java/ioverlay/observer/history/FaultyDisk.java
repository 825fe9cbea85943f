package ioverlay.observer.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A file system of H2, {@code faulty:}, that is full, or does not force, or hangs, when a test wants it. */
public final class FaultyDisk extends FilePathWrapper {
    static volatile boolean full;
    static volatile boolean unforced;
    static volatile CountDownLatch hangs = new CountDownLatch(0);
    static volatile boolean hanging; // said by whoever forces, once it waits

    /** Makes it known, and sound. */
    static void insert() {
        full = false;
        unforced = false;
        hanging = false;
        hangs = new CountDownLatch(0);
        FilePath.register(new FaultyDisk());
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBase {
        private final FileChannel real;

        Channel(FileChannel real) {
            this.real = real;
        }

        private static void require() throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            require();
            return real.write(from);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            require();
            return real.write(from, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (unforced) {
                throw new IOException("Input/output error");
            }
            try {
                hanging = hangs.getCount() > 0;
                hangs.await();
                hanging = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            real.force(metaData);
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return real.read(to);
        }

        @Override
        public synchronized int read(ByteBuffer to, long position) throws IOException {
            return real.read(to, position);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            real.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return real.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }
    }
}
