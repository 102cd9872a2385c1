package org.colonnade.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of each property whether it can be null, as the record that it comes from does. */
@Component
class NullableProperties implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType java = Json31.mapper().constructType(type.getType());
        if (schema != null && java != null && java.getRawClass().isRecord()) {
            Schema<?> model = model(schema, context.getDefinedModels());
            if (model != null && model.getProperties() != null) {
                allowNulls(java.getRawClass().getRecordComponents(), model.getProperties());
            }
        }
        return schema;
    }

    @SuppressWarnings("rawtypes") // as the library declares it
    private static @Nullable Schema<?> model(Schema<?> schema, Map<String, Schema> models) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : reference.startsWith(REFERENCE) ? models.get(reference.substring(REFERENCE.length())) : null;
    }

    @SuppressWarnings("rawtypes") // as the library declares it
    private static void allowNulls(RecordComponent[] components, Map<String, Schema> properties) {
        for (RecordComponent component : components) {
            java.lang.reflect.AnnotatedType type = component.getAnnotatedType();
            properties.computeIfPresent(
                    name(component),
                    (name, property) -> type.isAnnotationPresent(Nullable.class) ? orNull(property) : property);
            if (type instanceof AnnotatedParameterizedType list && List.class.equals(component.getType())) {
                properties.computeIfPresent(
                        name(component),
                        (name, property) -> withItems(list.getAnnotatedActualTypeArguments()[0], property));
            }
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? component.getName() : given.value();
    }

    private static Schema<?> withItems(java.lang.reflect.AnnotatedType type, Schema<?> property) {
        if (type.isAnnotationPresent(Nullable.class) && property.getItems() != null) {
            property.setItems(orNull(property.getItems()));
        }
        return property;
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.getAnyOf() != null) {
            return property;
        }
        if (property.get$ref() != null) {
            return new JsonSchema().anyOf(List.of(property, new JsonSchema().types(Set.of("null"))));
        }
        Set<String> types = property.getTypes();
        if (types != null && !types.contains("null")) {
            Set<String> more = new LinkedHashSet<>(types);
            more.add("null");
            property.setTypes(more);
            addNull(property);
        }
        return property;
    }

    private static <T> void addNull(Schema<T> property) {
        if (property.getEnum() != null) {
            List<T> values = new ArrayList<>(property.getEnum());
            values.add(null);
            property.setEnum(values);
        }
    }
}
