package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Sampling;
import org.junit.jupiter.api.Test;

class UsualSeedTest {
    @Test
    void aRequestsOwnSeedGoesBeforeTheUsualOne() {
        UsualSeed usual = new UsualSeed(0);

        assertThat(usual.in(Sampling.DEFAULTS).seed()).hasValue(0);
        assertThat(usual.in(Sampling.builder().seed(7L).build()).seed()).hasValue(7);
        assertThat(UsualSeed.NONE.in(Sampling.DEFAULTS).seed()).isEmpty();
    }
}
