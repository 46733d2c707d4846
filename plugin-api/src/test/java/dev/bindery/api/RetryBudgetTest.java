package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void whatIsTakenIsGone() {
        RetryBudget budget = RetryBudget.of(2);

        assertThat(budget.take()).isTrue();
        assertThat(budget.left()).isOne();
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
        assertThat(budget.left()).isZero();
    }

    @Test
    void whatIsTakenFromAShareIsTakenFromTheWhole() {
        RetryBudget whole = RetryBudget.of(3);
        RetryBudget share = whole.atMost(1);

        assertThat(share.take()).isTrue();
        assertThat(share.take()).isFalse();
        assertThat(whole.left()).isEqualTo(2);
    }

    @Test
    void aShareGivesNoMoreThanTheWholeHas() {
        RetryBudget whole = RetryBudget.of(1);
        RetryBudget share = whole.atMost(5);

        assertThat(share.left()).isOne();
        assertThat(whole.take()).isTrue();
        assertThat(share.take()).isFalse();
        assertThat(share.left()).isZero();
    }

    @Test
    void withoutABudgetEveryLayerKeepsItsOwnLimits() {
        GenerationRequest request = GenerationRequest.prompt("m", "hello").build();

        assertThat(request.retries().take()).isTrue();
        assertThat(request.retries().left()).isEqualTo(Integer.MAX_VALUE);
        assertThat(RetryBudget.UNLIMITED.atMost(1).left()).isOne();
    }

    @Test
    void aRequestThatIsRewrittenKeepsItsBudget() {
        RetryBudget budget = RetryBudget.of(4);
        GenerationRequest asked = GenerationRequest.prompt("m", "hi").retries(budget).build();
        EmbeddingRequest embedded =
                EmbeddingRequest.of("m", List.of("hi")).toBuilder().retries(budget).build();

        assertThat(asked.toBuilder().model("n").build().retries()).isSameAs(budget);
        assertThat(embedded.toBuilder().model("n").build().retries()).isSameAs(budget);
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() {
        RetryBudget whole = RetryBudget.of(1000);
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                RetryBudget share = whole.atMost(300);
                threads.execute(() -> {
                    while (share.take()) {
                        taken.incrementAndGet();
                    }
                });
            }
        }

        assertThat(taken).hasValue(1000);
    }

    @Test
    void aNegativeBudgetIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RetryBudget.of(-1));
    }
}
