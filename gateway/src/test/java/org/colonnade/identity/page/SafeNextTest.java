package org.colonnade.identity.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNextTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "https://evil.example",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                "/\n/evil.example",
                " //evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "http:evil.example",
                "/jobs\r\nLocation: https://evil.example",
                "evil.example",
                "@evil.example",
                ".evil.example",
                "/sign-out",
                "/sign-in?next=/",
                "/ü"
            })
    void afterSigningInNobodyIsLedElsewhere(String next) {
        assertThat(SafeNext.of(next)).isEqualTo("/");
    }

    @Test
    void aPathOfOursIsKeptWithItsQuery() {
        assertThat(SafeNext.of("/jobs?state=running&q=a%20b")).isEqualTo("/jobs?state=running&q=a%20b");
    }
}
