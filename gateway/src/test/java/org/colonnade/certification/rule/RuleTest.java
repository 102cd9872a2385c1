package org.colonnade.certification.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a rule gives over which data; expected values follow ECMAScript and the documented meaning of the operations. */
class RuleTest {

    /** rule | data | result */
    private static final String CASES = """
            {"==":[1,1]} | {} | true
            {"==":["1",1]} | {} | true
            {"===":["1",1]} | {} | false
            {"==":[null,false]} | {} | false
            {"==":[null,null]} | {} | true
            {"!=":[null,false]} | {} | true
            {"==":[0,""]} | {} | true
            {"==":[0,null]} | {} | false
            {"==":["1",true]} | {} | true
            {"==":[[1,2],"1,2"]} | {} | true
            {"!==":[1,"1"]} | {} | true
            {">=":[null,0]} | {} | true
            {"<":[{"var":"nothing"},5]} | {} | true
            {">=":["2026-05-02","2026-05-01"]} | {} | true
            {"<":["10","9"]} | {} | true
            {"<":[10,"9"]} | {} | false
            {">":[true,0]} | {} | true
            {">":["x",0]} | {} | false
            {"<=":["x",0]} | {} | false
            {"<":[1,2,3]} | {} | true
            {"<":[1,1,3]} | {} | false
            {"<=":[1,1,3]} | {} | true
            {"<=":[1,4,3]} | {} | false
            {"<":[1]} | {} | false
            {"!":[[]]} | {} | true
            {"!!":["0"]} | {} | true
            {"!!":[0]} | {} | false
            {"!!":""} | {} | false
            {"and":[true,"",3]} | {} | ""
            {"and":[1,3]} | {} | 3
            {"or":[0,false,"a"]} | {} | "a"
            {"or":[0,null]} | {} | null
            {"if":[false,"a",false,"b","c"]} | {} | "c"
            {"if":[false,"a"]} | {} | null
            {"?:":[true,1,2]} | {} | 1
            {"if":[[],"yes","no"]} | {} | "no"
            {"var":"a.b"} | {"a":{"b":7}} | 7
            {"var":["a.x",9]} | {"a":{"b":7}} | 9
            {"var":["a.b",9]} | {"a":{"b":null}} | null
            {"var":["a.b.c",9]} | {"a":{"b":null}} | 9
            {"var":1} | ["p","q"] | "q"
            {"var":"1.0"} | ["p",["q"]] | "q"
            {"var":""} | 3 | 3
            {"var":{"if":[true,"a","b"]}} | {"a":1,"b":2} | 1
            {"var":"lumisection.rr.dt-dt"} | {"lumisection":{"rr":{"dt-dt":"GOOD"}}} | "GOOD"
            {"missing":["a","b","c"]} | {"a":1,"b":null,"c":""} | ["b","c"]
            {"missing":{"merge":["a",["z"]]}} | {"a":1} | ["z"]
            {"missing_some":[1,["a","b"]]} | {"a":1} | []
            {"missing_some":[2,["a","b","c"]]} | {"a":1} | ["b","c"]
            {"max":[1,3,2]} | {} | 3
            {"min":[1,"-3",2]} | {} | -3
            {"+":[1,"2px",3]} | {} | 6
            {"+":"3.5"} | {} | 3.5
            {"-":[5,"2"]} | {} | 3
            {"-":4} | {} | -4
            {"*":[2,"3",4]} | {} | 24
            {"/":[9,2]} | {} | 4.5
            {"%":[-5,3]} | {} | -2
            {"map":[{"var":"n"},{"*":[{"var":""},2]}]} | {"n":[1,2]} | [2,4]
            {"map":[{"var":"nothing"},1]} | {} | []
            {"filter":[[1,2,3],{">":[{"var":""},1]}]} | {} | [2,3]
            {"reduce":[[1,2,3],{"+":[{"var":"current"},{"var":"accumulator"}]},10]} | {} | 16
            {"reduce":[null,1,"start"]} | {} | "start"
            {"all":[[1,2],{">":[{"var":""},0]}]} | {} | true
            {"all":[[],true]} | {} | false
            {"none":[[],true]} | {} | true
            {"some":[[0,1],{"var":""}]} | {} | true
            {"merge":[1,[2,[3]],[]]} | {} | [1,2,[3]]
            {"in":["Collisions",{"var":"hlt_key"}]} | {"hlt_key":"/cdaq/physics/Collisions2026"} | true
            {"in":["a",["a","b"]]} | {} | true
            {"in":[1,["1"]]} | {} | false
            {"in":["a",null]} | {} | false
            {"in":["a",7]} | {} | false
            {"in":["",""]} | {} | false
            {"in":["","a"]} | {} | true
            {"cat":["a",1,null,2.5,true]} | {} | "a12.5true"
            {"cat":[1e21,"|",1e-7]} | {} | "1e+21|1e-7"
            {"substr":["jsonlogic",4]} | {} | "logic"
            {"substr":["jsonlogic",-5]} | {} | "logic"
            {"substr":["jsonlogic",1,3]} | {} | "son"
            {"substr":["jsonlogic",4,-2]} | {} | "log"
            {"log":"apple"} | {} | "apple"
            {"a":1,"b":2} | {} | {"a":1,"b":2}
            [1,{"+":[1,1]}] | {} | [1,2]
            """;

    @ParameterizedTest
    @MethodSource("cases")
    void aRuleGivesWhatItGivesInJavaScript(String rule, String data, String result) {
        JsonNode value = Rule.parse(rule).evaluate(Facts.of(json(data)));
        assertThat(value).isEqualTo(json(result));
    }

    static Stream<Object[]> cases() {
        return CASES.lines().map(line -> line.split(" \\| ", 3));
    }

    @Test
    void unknownOperationsAreRefusedWithTheirName() {
        assertThatThrownBy(() -> Rule.parse("{\"banana\":[1,1]}"))
                .isInstanceOf(RuleException.class)
                .hasMessage("Unrecognized operation banana");
        assertThatThrownBy(() -> Rule.parse("{\"method\":[\"x\",\"toString\"]}"))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> Rule.parse("{\"and\":")).isInstanceOf(RuleException.class);
    }

    @Test
    void aRuleNestedTooDeeplyIsRefused() {
        String nested = "{\"!\":".repeat(400) + "1" + "}".repeat(400);
        assertThatThrownBy(() -> Rule.parse(nested)).isInstanceOf(RuleException.class);
    }

    @Test
    void aRuleThatDoublesATextForEverIsStopped() {
        String doubling = """
                {"reduce":[{"var":"n"},{"cat":[{"var":"accumulator"},{"var":"accumulator"}]},"xx"]}
                """;
        JsonNode data = json("{\"n\":[" + "1,".repeat(99) + "1]}");
        assertThatThrownBy(() -> Rule.parse(doubling).evaluate(Facts.of(data))).isInstanceOf(RuleException.class);
    }

    @Test
    void aRuleThatLoopsInLoopsIsStopped() {
        String inner = "{\"map\":[[1,1,1,1,1,1,1,1,1,1],1]}";
        for (int i = 0; i < 7; i++) {
            inner = "{\"map\":[[1,1,1,1,1,1,1,1,1,1]," + inner + "]}";
        }
        Rule rule = Rule.parse(inner);
        assertThatThrownBy(() -> rule.evaluate(Facts.of(json("{}")))).isInstanceOf(RuleException.class);
    }

    @Test
    void theLeavesThatFailAreNamedInTheOrderOfTheRule() {
        Rule rule = Rule.parse("""
                {"and":[{"==":[{"var":"a"},1]},{"or":[{"==":[{"var":"b"},1]},{"==":[{"var":"c"},1]}]},{"==":[{"var":"d"},1]}]}
                """);
        assertThat(rule.falseLeaves(Facts.of(json("{\"a\":1,\"b\":1,\"d\":0}"))))
                .extracting(Rule.Leaf::text)
                .containsExactly("{\"==\":[{\"var\":\"d\"},1]}");
        assertThat(rule.falseLeaves(Facts.of(json("{\"a\":1,\"d\":1}"))))
                .extracting(Rule.Leaf::text)
                .containsExactly("{\"==\":[{\"var\":\"b\"},1]}", "{\"==\":[{\"var\":\"c\"},1]}");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
