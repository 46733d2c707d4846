package org.example.faq;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.junit.BindingContract;

class FaqContractIT extends BindingContract {
    @Override
    protected BindingUnderTest binding() {
        return BindingUnderTest.ofPackedJar();
    }
}
