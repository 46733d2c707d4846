package dev.bindery.binding.minilm;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;

class MiniLmContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        return BindingUnderTest.ofPackedJar();
    }
}
