package dev.bindery.host.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RecordMethodsTest {
    record Part() {}

    record Whole(Part part) {}

    @Test
    void aRecordThatWasComparedHashedAndWrittenHoldsItsLoaderNoLonger() throws Exception {
        WeakReference<ClassLoader> loader = used();

        RecordMethods.forgetBindings();

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (loader.get() != null && System.nanoTime() < end) {
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> used() throws Exception {
        ClassLoader loader = new Another();
        Object one = whole(loader);
        assertThat(one.equals(whole(loader))).isTrue();
        assertThat(one.hashCode()).isEqualTo(whole(loader).hashCode());
        assertThat(one.toString()).isEqualTo("Whole[part=Part[]]");
        return new WeakReference<>(loader);
    }

    private static Object whole(ClassLoader loader) throws Exception {
        Class<?> part = loader.loadClass(Part.class.getName());
        Constructor<?> ofPart = part.getDeclaredConstructor();
        ofPart.setAccessible(true);
        Constructor<?> ofWhole =
                loader.loadClass(Whole.class.getName()).getDeclaredConstructor(part);
        ofWhole.setAccessible(true);
        return ofWhole.newInstance(ofPart.newInstance());
    }

    /** Defines the records itself, as a binding's loader does. */
    private static final class Another extends ClassLoader {
        Another() {
            super(RecordMethodsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RecordMethodsTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? defined(name) : known;
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code == null ? new byte[0] : code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
