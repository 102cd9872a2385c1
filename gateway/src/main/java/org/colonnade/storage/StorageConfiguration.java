package org.colonnade.storage;

import java.io.IOException;
import org.colonnade.storage.content.ContentStore;
import org.colonnade.storage.content.FolderStore;
import org.colonnade.storage.content.S3Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class StorageConfiguration {

    @Bean
    ContentStore contentStore(StorageProperties properties) throws IOException {
        var s3 = properties.s3();
        return s3 == null
                ? new FolderStore(properties.folder(), properties.reserve().toBytes())
                : S3Store.open(s3.endpoint(), s3.region(), s3.bucket(), s3.prefix(), s3.accessKey(), s3.secretKey());
    }
}
