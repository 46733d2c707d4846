package dev.bindery.binding.replay;

import dev.bindery.echo.EchoBinding;
import dev.bindery.fixture.PackedBinding;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import java.util.Map;

/** What was asked once is answered from a recording. */
class ReplayContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        return BindingUnderTest.ofPackedJar()
                .companion("echo", PackedBinding.of(EchoBinding.class), Map.of())
                .calls("echo")
                .settings("target", "echo");
    }
}
