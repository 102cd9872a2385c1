package org.colonnade.certification.configuration;

import org.colonnade.certification.rule.RuleException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A configuration as a file that people keep under version control. */
public final class ConfigurationYaml {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ConfigurationYaml() {}

    /** @throws RuleException if it is not YAML, not a configuration, or one that cannot be meant */
    public static Configuration read(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(10_000_000);
        try {
            Object document = new Yaml(new SafeConstructor(options)).load(text);
            Configuration configuration = MAPPER.convertValue(document, Configuration.class);
            ConfigurationCheck.check(configuration);
            return configuration;
        } catch (NullPointerException e) {
            throw new RuleException("Not a configuration: a field is missing");
        } catch (YAMLException | JacksonException | IllegalArgumentException e) {
            throw new RuleException("Not a configuration: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    public static String write(Configuration configuration) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(160);
        JsonNode tree = MAPPER.valueToTree(configuration);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options)
                .dump(MAPPER.convertValue(tree, Object.class));
    }
}
