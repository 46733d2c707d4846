package dev.bindery.echo;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;

class EchoContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        return BindingUnderTest.ofPackedJar().upstream(new ScriptedEcho());
    }
}
