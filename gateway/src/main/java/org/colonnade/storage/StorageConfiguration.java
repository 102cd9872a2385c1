package org.colonnade.storage;

import java.io.IOException;
import org.colonnade.storage.content.ContentStore;
import org.colonnade.storage.content.FolderStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class StorageConfiguration {

    @Bean
    ContentStore contentStore(StorageProperties properties) throws IOException {
        return new FolderStore(properties.folder(), properties.reserve().toBytes());
    }
}
