package dev.bindery.binding.router;

import dev.bindery.echo.EchoBinding;
import dev.bindery.fixture.PackedBinding;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A route over two instances that answer by themselves, with tokens and vectors. */
class RoutedWordsContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        Path echo = PackedBinding.of(EchoBinding.class);
        return BindingUnderTest.ofPackedJar()
                .companion("echo", echo, Map.of())
                .companion("parrot", echo, Map.of())
                .calls("echo/echo", "parrot")
                .settings("routes", Map.of("words", List.of("echo/echo", "parrot/echo")));
    }
}
