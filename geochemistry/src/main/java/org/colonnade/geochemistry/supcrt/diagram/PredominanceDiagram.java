package org.colonnade.geochemistry.supcrt.diagram;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.colonnade.geochemistry.supcrt.Species;

/**
 * The fields of the predominant species of an element.
 *
 * @param element the element drawn
 * @param celsius temperature, °C
 * @param bar pressure, bar
 * @param fields only those that are not empty; together they fill the box of the axes
 * @param water where water gives off oxygen or hydrogen of 1 bar; empty unless the axes are pH and Eh or pe
 * @param omitted candidates that were left out, with the reason
 */
public record PredominanceDiagram(
        String element,
        Axis x,
        Axis y,
        double celsius,
        double bar,
        List<Field> fields,
        List<Line> water,
        SortedMap<String, String> omitted) {

    public PredominanceDiagram {
        fields = List.copyOf(fields);
        water = List.copyOf(water);
    }

    /** The field of this species, if it has one. */
    public Optional<Field> field(String species) {
        return fields.stream().filter(f -> f.species().name().equals(species)).findFirst();
    }

    /** The species that predominates at a point inside the box. */
    public Optional<Species> at(double xValue, double yValue) {
        return fields.stream()
                .filter(f -> f.contains(xValue, yValue))
                .map(Field::species)
                .findFirst();
    }
}
