package org.colonnade.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworksTest {

    @Test
    void addressesOfOneIpv6NetworkCountAsOneCallerAndIpv4AddressesForThemselves() {
        assertThat(Networks.of("2001:db8::1")).isEqualTo(Networks.of("2001:db8::ffff:2"));
        assertThat(Networks.of("2001:db8:0:1::1")).isNotEqualTo(Networks.of("2001:db8::1"));
        assertThat(Networks.of("192.0.2.1")).isNotEqualTo(Networks.of("192.0.2.2"));
        assertThat(Networks.of("unknown")).isEqualTo("unknown");
    }
}
