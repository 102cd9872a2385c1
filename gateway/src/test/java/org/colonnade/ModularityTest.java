package org.colonnade;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

    @Test
    void noRoomReachesBehindAnother() {
        ApplicationModules.of(Colonnade.class).verify();
    }
}
