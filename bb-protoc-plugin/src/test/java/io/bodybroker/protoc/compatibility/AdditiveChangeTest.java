package io.bodybroker.protoc.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.EventOptions;
import io.bodybroker.sdk.v1.ResumeOptions;
import io.bodybroker.sdk.v1.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What everybody survives is nobody's business. */
final class AdditiveChangeTest {
  private final Map<String, Consumer<Greenhouse>> changes = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> passes() {
    messagesAndFields();
    wider();
    services();
    return changes.entrySet().stream()
        .map(change ->
            DynamicTest.dynamicTest(
                change.getKey(),
                () ->
                    assertThat(
                            Comparison.of(
                                Greenhouse.unchanged(), Greenhouse.changed(change.getValue())))
                        .isEmpty()));
  }

  private void messagesAndFields() {
    changes.put(
        "a message",
        house -> house.file().addMessageType(DescriptorProto.newBuilder().setName("Vine")));
    changes.put(
        "a field",
        house ->
            house
                .message("PlantRequest")
                .addField(Greenhouse.newField("extra", FieldDescriptorProto.Type.TYPE_STRING)));
    changes.put(
        "a field of a oneof",
        house ->
            house
                .message("PlantRequest")
                .addField(
                    Greenhouse.newField("bulb", FieldDescriptorProto.Type.TYPE_STRING)
                        .setOneofIndex(0)));
    changes.put(
        "a field whose rules take its absence",
        house -> {
          var rules = Rules.newBuilder().setMaxLength(5).setMinLength(2).setPattern("a+");
          var field = Greenhouse.newField("extra", FieldDescriptorProto.Type.TYPE_STRING);
          field.getOptionsBuilder().setExtension(ContractProto.rules, rules.build());
          house.message("PlantRequest").addField(field);
        });
    changes.put(
        "a field removed, number and name reserved",
        house -> {
          house.message("PlantRequest").removeField(house.fieldIndex("PlantRequest", "rows"));
          house.message("PlantRequest").addReservedName("rows");
          house.message("PlantRequest").addReservedRangeBuilder().setStart(11).setEnd(12);
        });
    changes.put(
        "reserved ranges that become one",
        house -> {
          house.message("PlantRequest").getReservedRangeBuilder(1).setStart(6).setEnd(7);
          house.message("PlantRequest").addReservedRangeBuilder().setStart(7).setEnd(9);
        });
    changes.put(
        "a deprecated field",
        house -> house.field("PlantRequest", "rows").getOptionsBuilder().setDeprecated(true));
    changes.put(
        "a value of an enum",
        house -> house.season().addValueBuilder().setName("SUMMER").setNumber(3));
    changes.put(
        "a second name of a value",
        house -> {
          house.season().getOptionsBuilder().setAllowAlias(true);
          house.season().addValueBuilder().setName("AUTUMN").setNumber(2);
        });
    changes.put(
        "an event",
        house ->
            house
                .message("Bed")
                .getOptionsBuilder()
                .setExtension(
                    ContractProto.event,
                    EventOptions.newBuilder().setSubject("evt.a.b.v1").build()));
    changes.put("comments", house -> house.file().clearSourceCodeInfo());
  }

  private void wider() {
    changes.put(
        "no longer required",
        house -> house.rules("GetBedRequest", "bed_id", rules -> rules.setRequired(false)));
    changes.put(
        "a wider range",
        house -> house.rules("PlantRequest", "depth_mm", rules -> rules.setMin(0).clearMax()));
    changes.put(
        "more lengths, no pattern",
        house ->
            house.rules(
                "GetBedRequest",
                "bed_id",
                rules -> rules.clearMinLength().setMaxLength(65).clearPattern()));
    changes.put(
        "more items",
        house -> house.rules("PlantRequest", "labels", rules -> rules.setMaxItems(6)));
    changes.put("no rules", house -> house.field("GetBedRequest", "bed_id").clearOptions());
  }

  private void services() {
    changes.put(
        "an rpc",
        house ->
            house
                .service()
                .addMethod(house.rpc("Sow").build().toBuilder().setName("Reap").clearOptions()));
    changes.put("a service", house -> house.file().addServiceBuilder().setName("Shed"));
    changes.put(
        "a route",
        house ->
            house.route(
                "Plant",
                house
                    .route("Plant")
                    .addAdditionalBindings(
                        HttpRule.newBuilder().setPost("/v1/beds").setBody("*"))));
    changes.put(
        "another order of routes",
        house ->
            house.route(
                "GetBed",
                HttpRule.newBuilder()
                    .setGet("/v1/plots/{bed_id}")
                    .addAdditionalBindings(HttpRule.newBuilder().setGet("/v1/beds/{bed_id=*}"))));
    changes.put(
        "a promise to retry",
        house ->
            house
                .rpc("Plant")
                .getOptionsBuilder()
                .setIdempotencyLevel(IdempotencyLevel.NO_SIDE_EFFECTS));
    changes.put(
        "a promise to resume",
        house ->
            house
                .rpc("Sow")
                .getOptionsBuilder()
                .setExtension(ContractProto.resume, ResumeOptions.getDefaultInstance()));
  }

  @Test
  void aDeclarationMayMoveToAnotherFileOfItsPackage() {
    var set = Greenhouse.compiled().toBuilder();
    var old =
        set.getFileBuilderList().stream()
            .filter(file -> file.getName().equals(Greenhouse.FILE))
            .findFirst()
            .orElseThrow();
    int event = old.getMessageTypeCount() - 1;
    set.addFile(
        FileDescriptorProto.newBuilder()
            .setName("greenhouse/v1/events.proto")
            .setSyntax("proto3")
            .setPackage(old.getPackage())
            .setOptions(old.getOptions())
            .addDependency("bodybroker/sdk/v1/contract.proto")
            .addMessageType(old.getMessageType(event)));
    old.removeMessageType(event);
    var now = ContractSet.of(set.build(), name -> name.startsWith("greenhouse/"));

    assertThat(Comparison.of(Greenhouse.unchanged(), now)).isEmpty();
  }
}
