package org.colonnade.geochemistry.examples;

import org.colonnade.geochemistry.Unit;
import org.colonnade.geochemistry.supcrt.CuratedDatabase;
import org.colonnade.geochemistry.supcrt.Evaluation;
import org.colonnade.geochemistry.supcrt.Grid;
import org.colonnade.geochemistry.supcrt.LogKFit;
import org.colonnade.geochemistry.supcrt.Profile;
import org.colonnade.geochemistry.supcrt.Range;
import org.colonnade.geochemistry.supcrt.ReactionException;
import org.colonnade.geochemistry.supcrt.ReactionParser;

/** Solubility of quartz along the saturation line of water, as a table and as a function. */
final class SupcrtExample {

    private SupcrtExample() {}

    static void main(String[] args) throws ReactionException {
        var database = CuratedDatabase.instance().database();
        var quartz = new ReactionParser(database).parse("quartz", "-1 QUARTZ; 1 SiO2,aq");
        var line = new Grid.Saturation(Grid.SaturationVariable.TEMPERATURE, new Range(25, 300, 25));
        var table = new Evaluation(line.conditions(true), Profile.COMPATIBLE).table(quartz);
        for (int i = 0; i < table.size(); i++) {
            System.out.printf("%.0f °C: log K = %.3f%n", table.conditions().celsius(i), table.logK(i));
        }
        var boiling = table.computed(3);
        System.out.println(boiling.value().enthalpy().in(Unit.KILOJOULE_PER_MOLE) + ", " + boiling.model());
        System.out.println(boiling.references().getLast().text());
        System.out.printf("largest error of the fit: %.1e%n", LogKFit.of(table).largestError());
    }
}
