package io.sparkperceptron.gradient;

class ScalarKernelTest extends KernelContract {

    @Override
    KernelChoice choice() {
        return KernelChoice.SCALAR;
    }
}
