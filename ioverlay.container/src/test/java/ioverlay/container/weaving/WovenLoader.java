package ioverlay.container.weaving;

import java.io.IOException;
import java.io.InputStream;

/** Defines classes of this package again, woven, in a plain class loader. */
final class WovenLoader extends ClassLoader {
    private static final String PREFIX = WovenLoader.class.getPackageName() + ".";

    private final boolean weaves;

    WovenLoader(boolean weaves) {
        super(WovenLoader.class.getClassLoader());
        this.weaves = weaves;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(PREFIX)) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] plain = bytes(name);
            byte[] bytes = weaves ? Weaver.weave(plain) : plain;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    static byte[] bytes(String name) throws IOException {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = WovenLoader.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no " + path);
            }
            return in.readAllBytes();
        }
    }

    /** A new instance of this loader's own class of that name. */
    <T> T instance(Class<? extends T> namesake, Class<T> seenAs) {
        try {
            var constructor = loadClass(namesake.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return seenAs.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a class of this test", e);
        }
    }
}
