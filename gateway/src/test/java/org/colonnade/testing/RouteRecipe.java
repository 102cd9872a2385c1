package org.colonnade.testing;

import java.util.Map;
import java.util.Set;
import org.colonnade.identity.Visitor;

/**
 * What a test has to know about routes of the API whose path carries an identifier. Every such parameter needs one, as a
 * bean among the tests of its room: {@code OwnershipTest} fails for a route without.
 */
public sealed interface RouteRecipe {

    /** With which paths it is about begin; of several recipes for one path the longest wins. */
    String below();

    /** The names of the path's parameters that it knows. */
    Set<String> parameters();

    /** The parameters name a thing that belongs to a person: to anybody else it is not there. */
    record Personal(String below, Set<String> parameters, Maker maker) implements RouteRecipe {

        public Personal {
            parameters = Set.copyOf(parameters);
        }
    }

    /**
     * The parameters name something that everybody may see who may see the column.
     *
     * @param examples a value of the right form for each parameter
     * @param why one sentence, printed into the documentation
     */
    record Shared(String below, Map<String, String> examples, String why) implements RouteRecipe {

        public Shared {
            examples = Map.copyOf(examples);
        }

        @Override
        public Set<String> parameters() {
            return examples.keySet();
        }
    }

    /** Makes a thing that belongs to somebody. */
    @FunctionalInterface
    interface Maker {

        /** @return a value for each parameter */
        Map<String, String> make(Visitor owner) throws Exception;
    }
}
