package dev.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationSourceTest {
    private final CancellationSource source = new CancellationSource();

    @Test
    void cancellingSetsTheFlagAndOnlyTheFirstCallCounts() {
        assertThat(source.isCancelled()).isFalse();
        assertThat(source.cancel()).isTrue();
        assertThat(source.cancel()).isFalse();
        assertThat(source.isCancelled()).isTrue();
        assertThatThrownBy(source::throwIfCancelled)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void anActionRunsOnAPlatformThreadThatEndsWithTheProcess() throws Exception {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        source.onCancel(() -> ranOn.complete(Thread.currentThread()));
        source.cancel();
        Thread thread = ranOn.get(10, TimeUnit.SECONDS);
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread).isNotSameAs(Thread.currentThread());
    }

    @Test
    void anActionThatComesLateRunsAtOnce() throws Exception {
        source.cancel();
        CountDownLatch ran = new CountDownLatch(1);
        source.onCancel(ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anActionThatHangsHoldsUpNoOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            source.onCancel(() -> awaitQuietly(end));
        }
        source.onCancel(ran::countDown);
        source.cancel();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();
    }

    @Test
    void aClosedRegistrationDoesNotRunAndLeavesTheOthers() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        source.onCancel(closed::incrementAndGet).close();
        source.onCancel(ran::countDown);
        source.cancel();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closed).hasValue(0);
    }

    @Test
    void everyActionRunsExactlyOnceHoweverRegisteringAndCancellingFallTogether() throws Exception {
        for (int round = 0; round < 100; round++) {
            AtomicInteger runs = new AtomicInteger();
            CountDownLatch ran = new CountDownLatch(8);
            registerAndCancelTogether(() -> {
                runs.incrementAndGet();
                ran.countDown();
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(runs).hasValue(8);
        }
    }

    private static void registerAndCancelTogether(Runnable action) throws Exception {
        CancellationSource source = new CancellationSource();
        List<Future<?>> tasks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                tasks.add(threads.submit(() -> source.onCancel(action)));
            }
            tasks.add(threads.submit(source::cancel));
        }
        for (Future<?> task : tasks) {
            task.get();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
