package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One allocation that no heap can hold fails its call alone. A binding that fills the heap bit by
 * bit takes it from everybody: only a process of its own contains that.
 */
class MemoryTest {
    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    @RepeatedTest(3)
    void anAllocationThatCannotBeServedFailsItsCall() {
        BindingException failure =
                faulty.failureOf(
                        """
                        int most = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 8 + 1);
                        long[][] much = new long[1000][];
                        for (int i = 0; i < much.length; i++) much[i] = new long[most];
                        return GenerationResult.of("" + much.length);
                        """);
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure).hasMessageContaining("OutOfMemoryError");
    }
}
