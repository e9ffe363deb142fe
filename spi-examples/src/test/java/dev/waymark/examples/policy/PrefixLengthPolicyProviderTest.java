package dev.waymark.examples.policy;

import dev.waymark.spi.SpiProvider;
import dev.waymark.spi.contract.ProviderContract;

class PrefixLengthPolicyProviderTest extends ProviderContract {
    @Override
    protected SpiProvider provider() {
        return new PrefixLengthPolicyProvider();
    }
}
