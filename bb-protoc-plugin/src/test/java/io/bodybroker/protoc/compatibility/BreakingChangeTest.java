package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;
import static io.bodybroker.protoc.compatibility.Broken.RETRIES;
import static io.bodybroker.protoc.compatibility.Broken.SUBJECTS;
import static io.bodybroker.protoc.compatibility.Broken.VALID_REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import io.bodybroker.sdk.v1.Access;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.EventOptions;
import io.bodybroker.sdk.v1.ResumeOptions;
import io.bodybroker.sdk.v1.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One change for each rule, and that it alone is found, with who does not survive it. */
final class BreakingChangeTest {
  private final List<DynamicTest> cases = new ArrayList<>();

  /** Notes a case: after the change, this is what is found and nothing else. */
  private void breaks(String found, List<Broken> broken, Consumer<Greenhouse> change) {
    cases.add(
        DynamicTest.dynamicTest(
            found,
            () -> {
              List<BreakingChange> changes =
                  Comparison.of(Greenhouse.unchanged(), Greenhouse.changed(change));
              assertThat(changes)
                  .extracting(one -> one.declaration() + " " + one.change())
                  .containsExactly(found);
              assertThat(changes.getFirst().broken()).isEqualTo(broken);
              assertThat(changes.getFirst().expected()).isNotEmpty();
              assertThat(changes.getFirst().position()).startsWith(Greenhouse.FILE);
            }));
  }

  @Test
  void nothingBreaksWhereNothingChanged() {
    assertThat(Comparison.of(Greenhouse.unchanged(), Greenhouse.unchanged())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> ofFiles() {
    breaks(
        "file is in package greenhouse.v2, was in greenhouse.v1",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE, SUBJECTS),
        house -> Moved.toPackage("greenhouse.v2", house.file()));
    breaks(
        "file has java_package com.example.other, had com.example.greenhouse.v1",
        List.of(JAVA_CODE),
        house -> house.file().getOptionsBuilder().setJavaPackage("com.example.other"));
    breaks(
        "file has java_multiple_files false, had true",
        List.of(JAVA_CODE),
        house -> house.file().getOptionsBuilder().setJavaMultipleFiles(false));
    breaks(
        "file has java_outer_classname Glass, had GreenhouseProto",
        List.of(JAVA_CODE),
        house -> house.file().getOptionsBuilder().setJavaOuterClassname("Glass"));
    return cases.stream();
  }

  @Test
  void aFileThatIsGoneIsOneChange() {
    var empty =
        ContractSet.of(Greenhouse.compiled(), name -> name.equals("shared/v1/ground.proto"));

    assertThat(Comparison.of(Greenhouse.unchanged(), empty))
        .extracting(BreakingChange::toString)
        .containsExactly(
            """
            greenhouse/v1/greenhouse.proto: file was removed or renamed, with all it declared: breaks \
            payloads of another version, HTTP clients, Java code, callers and subscribers on NATS \
            (expected: it stays, deprecated, until nobody needs it)\
            """);
  }

  @TestFactory
  Stream<DynamicTest> ofMessages() {
    breaks(
        "message greenhouse.v1.BedWatered was removed or renamed",
        List.of(PAYLOADS, JAVA_CODE),
        house -> house.file().removeMessageType(house.messageIndex("BedWatered")));
    breaks(
        "message greenhouse.v1.BedWatered is on subject evt.greenhouse.wet.v1, was on"
            + " evt.greenhouse.watered.v1",
        List.of(SUBJECTS),
        house ->
            house
                .message("BedWatered")
                .getOptionsBuilder()
                .setExtension(
                    ContractProto.event,
                    EventOptions.newBuilder().setSubject("evt.greenhouse.wet.v1").build()));
    breaks(
        "message greenhouse.v1.BedWatered is no event any more, was on evt.greenhouse.watered.v1",
        List.of(SUBJECTS),
        house -> house.message("BedWatered").clearOptions());
    breaks(
        "message greenhouse.v1.PlantRequest no longer reserves 6 to 8",
        List.of(PAYLOADS),
        house -> house.message("PlantRequest").removeReservedRange(1));
    breaks(
        "message greenhouse.v1.PlantRequest no longer reserves \"compost\"",
        List.of(PAYLOADS),
        house -> house.message("PlantRequest").clearReservedName());
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> ofFields() {
    String removed =
        "field greenhouse.v1.PlantRequest.rows (11) was removed, and its number and name are not"
            + " both reserved";
    breaks(
        removed,
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house ->
            house.message("PlantRequest").removeField(house.fieldIndex("PlantRequest", "rows")));
    breaks(
        removed,
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> {
          house.message("PlantRequest").removeField(house.fieldIndex("PlantRequest", "rows"));
          house.message("PlantRequest").addReservedRangeBuilder().setStart(11).setEnd(12);
        });
    breaks(
        removed,
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> {
          house.message("PlantRequest").removeField(house.fieldIndex("PlantRequest", "rows"));
          house.message("PlantRequest").addReservedName("rows");
        });
    breaks(
        "field greenhouse.v1.PlantRequest.rows (12) has number 12, had 11",
        List.of(PAYLOADS),
        house -> house.field("PlantRequest", "rows").setNumber(12));
    breaks(
        "field greenhouse.v1.PlantRequest.lines (11) is another name than rows for the same number",
        List.of(HTTP_CLIENTS, JAVA_CODE),
        house -> house.field("PlantRequest", "rows").setName("lines").clearJsonName());
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) has JSON name \"lines\", had \"rows\"",
        List.of(HTTP_CLIENTS),
        house -> house.field("PlantRequest", "rows").setJsonName("lines"));
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) is int64, was int32",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.field("PlantRequest", "rows").setType(FieldDescriptorProto.Type.TYPE_INT64));
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) is repeated int32, was int32",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house ->
            house
                .field("PlantRequest", "rows")
                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED));
    breaks(
        "field greenhouse.v1.Bed.soil (4) is greenhouse.v1.BedWatered, was greenhouse.v1.Bed.Soil",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.field("Bed", "soil").setTypeName(".greenhouse.v1.BedWatered"));
    breaks(
        "field greenhouse.v1.PlantRequest.season (10) is greenhouse.v1.Bed.Soil.Kind, was"
            + " greenhouse.v1.Season",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.field("PlantRequest", "season").setTypeName(".greenhouse.v1.Bed.Soil.Kind"));
    breaks(
        "field greenhouse.v1.Bed.counts (3) is map<string, int64>, was map<string, int32>",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house ->
            house.message("Bed").getNestedTypeBuilderList().stream()
                .filter(type -> type.getName().equals("CountsEntry"))
                .forEach(
                    type -> type.getFieldBuilder(1).setType(FieldDescriptorProto.Type.TYPE_INT64)));
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) is in oneof what, was in no oneof",
        List.of(PAYLOADS, JAVA_CODE),
        house -> house.field("PlantRequest", "rows").setOneofIndex(0));
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) tells absent from default (optional), did not",
        List.of(HTTP_CLIENTS, JAVA_CODE),
        house -> {
          int index = house.message("PlantRequest").getOneofDeclCount();
          house.message("PlantRequest").addOneofDeclBuilder().setName("_rows");
          house.field("PlantRequest", "rows").setProto3Optional(true).setOneofIndex(index);
        });
    breaks(
        "field greenhouse.v1.PlantRequest.depth_mm (5) does not tell absent from default any more,"
            + " did (optional)",
        List.of(HTTP_CLIENTS, JAVA_CODE),
        house -> {
          house.field("PlantRequest", "depth_mm").clearProto3Optional().clearOneofIndex();
          house.message("PlantRequest").removeOneofDecl(1);
        });
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> ofRules() {
    breaks(
        "field greenhouse.v1.PlantRequest.bed_id (1) is required by its rules, was not",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "bed_id", rules -> rules.setRequired(true)));
    breaks(
        "field greenhouse.v1.PlantRequest.depth_mm (5) has min: 2, had 1",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "depth_mm", rules -> rules.setMin(2)));
    breaks(
        "field greenhouse.v1.PlantRequest.depth_mm (5) has max: 49.5, had 50",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "depth_mm", rules -> rules.setMax(49.5)));
    breaks(
        "field greenhouse.v1.PlantRequest.rows (11) has max: 9, had none",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "rows", rules -> rules.setMax(9)));
    breaks(
        "field greenhouse.v1.GetBedRequest.bed_id (1) has min_length: 3, had 2",
        List.of(VALID_REQUESTS),
        house -> house.rules("GetBedRequest", "bed_id", rules -> rules.setMinLength(3)));
    breaks(
        "field greenhouse.v1.GetBedRequest.bed_id (1) has max_length: 63, had 64",
        List.of(VALID_REQUESTS),
        house -> house.rules("GetBedRequest", "bed_id", rules -> rules.setMaxLength(63)));
    breaks(
        "field greenhouse.v1.GetBedRequest.bed_id (1) has pattern \"[a-y]+\", had \"[a-z]+\"",
        List.of(VALID_REQUESTS),
        house -> house.rules("GetBedRequest", "bed_id", rules -> rules.setPattern("[a-y]+")));
    breaks(
        "field greenhouse.v1.PlantRequest.bed_id (1) has pattern \"[a-z]+\", had none",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "bed_id", rules -> rules.setPattern("[a-z]+")));
    breaks(
        "field greenhouse.v1.PlantRequest.labels (9) has max_items: 4, had 5",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "labels", rules -> rules.setMaxItems(4)));
    breaks(
        "field greenhouse.v1.PlantRequest.season (10) has rules, and so refuses numbers that the"
            + " enum does not name",
        List.of(VALID_REQUESTS),
        house -> house.rules("PlantRequest", "season", rules -> {}));
    breaks(
        "field greenhouse.v1.PlantRequest.extra (100) is new, and its rules refuse a request"
            + " without it",
        List.of(VALID_REQUESTS),
        house ->
            addWithRules(
                house,
                FieldDescriptorProto.Type.TYPE_STRING,
                Rules.newBuilder().setRequired(true)));
    breaks(
        "field greenhouse.v1.PlantRequest.extra (100) is new, and its rules refuse a request"
            + " without it",
        List.of(VALID_REQUESTS),
        house ->
            addWithRules(
                house, FieldDescriptorProto.Type.TYPE_INT32, Rules.newBuilder().setMin(1)));
    return cases.stream();
  }

  private static void addWithRules(
      Greenhouse house, FieldDescriptorProto.Type type, Rules.Builder rules) {
    var field = Greenhouse.newField("extra", type);
    field.getOptionsBuilder().setExtension(ContractProto.rules, rules.build());
    house.message("PlantRequest").addField(field);
  }

  @TestFactory
  Stream<DynamicTest> ofEnums() {
    breaks(
        "value greenhouse.v1.Season.FALL (2) was removed",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> {
          house.season().removeValue(2).addReservedName("FALL");
          house.season().addReservedRangeBuilder().setStart(2).setEnd(2);
        });
    breaks(
        "value greenhouse.v1.Season.FALL (3) has number 3, had 2",
        List.of(PAYLOADS, JAVA_CODE),
        house -> house.value("FALL").setNumber(3));
    breaks(
        "value greenhouse.v1.Season.AUTUMN (2) is another name than FALL for the same number",
        List.of(HTTP_CLIENTS, JAVA_CODE),
        house -> house.value("FALL").setName("AUTUMN"));
    breaks(
        "enum greenhouse.v1.Bed.Soil.Kind was removed or renamed",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> {
          var soil = house.message("Bed").getNestedTypeBuilder(soilIndex(house));
          soil.clearEnumType().removeField(1).addReservedName("kind");
          soil.addReservedRangeBuilder().setStart(2).setEnd(3);
        });
    return cases.stream();
  }

  private static int soilIndex(Greenhouse house) {
    return house.message("Bed").getNestedType(0).getName().equals("Soil") ? 0 : 1;
  }

  @TestFactory
  Stream<DynamicTest> ofServices() {
    breaks(
        "service greenhouse.v1.Greenhouse was removed or renamed, and with it its subjects",
        List.of(HTTP_CLIENTS, JAVA_CODE, SUBJECTS),
        house -> house.service().setName("GlassHouse"));
    breaks(
        "rpc greenhouse.v1.Greenhouse.Sow was removed or renamed, and with it its subject",
        List.of(HTTP_CLIENTS, JAVA_CODE, SUBJECTS),
        house -> house.rpc("Sow").setName("SowAll"));
    breaks(
        "rpc greenhouse.v1.Greenhouse.Sow takes greenhouse.v1.GetBedRequest, did"
            + " greenhouse.v1.PlantRequest",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.rpc("Sow").setInputType(".greenhouse.v1.GetBedRequest"));
    breaks(
        "rpc greenhouse.v1.Greenhouse.Sow returns greenhouse.v1.BedWatered, did greenhouse.v1.Bed",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.rpc("Sow").setOutputType(".greenhouse.v1.BedWatered"));
    breaks(
        "rpc greenhouse.v1.Greenhouse.Sow is streaming responses, was unary",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.rpc("Sow").setServerStreaming(true));
    breaks(
        "rpc greenhouse.v1.Greenhouse.GetBed is IDEMPOTENT, was NO_SIDE_EFFECTS",
        List.of(RETRIES),
        house -> level(house, "GetBed", IdempotencyLevel.IDEMPOTENT));
    breaks(
        "rpc greenhouse.v1.Greenhouse.Plant is IDEMPOTENCY_UNKNOWN, was IDEMPOTENT",
        List.of(RETRIES),
        house -> house.rpc("Plant").getOptionsBuilder().clearIdempotencyLevel());
    breaks(
        "rpc greenhouse.v1.Greenhouse.WatchBed resumes by nothing, did by position: \"version\""
            + " after: \"after_version\"",
        List.of(HTTP_CLIENTS, RETRIES),
        house -> house.rpc("WatchBed").clearOptions());
    breaks(
        "rpc greenhouse.v1.Greenhouse.WatchBed resumes by position: \"bed_id\" after: \"bed_id\","
            + " did by position: \"version\" after: \"after_version\"",
        List.of(HTTP_CLIENTS, RETRIES),
        house ->
            house
                .rpc("WatchBed")
                .getOptionsBuilder()
                .setExtension(
                    ContractProto.resume,
                    ResumeOptions.newBuilder().setPosition("bed_id").setAfter("bed_id").build()));
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> ofAccess() {
    String plant = "rpc greenhouse.v1.Greenhouse.Plant may be called by ";
    breaks(
        plant + "all who are signed in, could by anybody",
        List.of(HTTP_CLIENTS),
        house -> access(house, Access.newBuilder().setSignedIn(true)));
    breaks(
        plant + "role \"gardener\", could by anybody",
        List.of(HTTP_CLIENTS),
        house -> access(house, Access.newBuilder().addRoles("gardener")));
    breaks(
        plant + "whom bed_id names and role \"gardener\", could by anybody",
        List.of(HTTP_CLIENTS),
        house -> access(house, Access.newBuilder().setOwn("bed_id").addRoles("gardener")));
    return cases.stream();
  }

  private static void access(Greenhouse house, Access.Builder access) {
    house.rpc("Plant").getOptionsBuilder().setExtension(ContractProto.access, access.build());
  }

  private static void level(Greenhouse house, String rpc, IdempotencyLevel level) {
    house.rpc(rpc).getOptionsBuilder().setIdempotencyLevel(level);
  }

  @TestFactory
  Stream<DynamicTest> ofRoutes() {
    String rpc = "rpc greenhouse.v1.Greenhouse.";
    breaks(
        rpc + "Plant has no route PUT /v1/beds/{bed_id} any more",
        List.of(HTTP_CLIENTS),
        house -> house.rpc("Plant").getOptionsBuilder().clearExtension(AnnotationsProto.http));
    breaks(
        rpc + "Plant has no route PUT /v1/beds/{bed_id} any more, has [POST /v1/beds/{bed_id}]",
        List.of(HTTP_CLIENTS),
        house -> house.route("Plant", house.route("Plant").setPost("/v1/beds/{bed_id}")));
    breaks(
        rpc + "Plant has no route PUT /v1/beds/{bed_id} any more, has [PUT /v2/beds/{bed_id}]",
        List.of(HTTP_CLIENTS),
        house -> house.route("Plant", house.route("Plant").setPut("/v2/beds/{bed_id}")));
    breaks(
        rpc + "GetBed has no route GET /v1/plots/{bed_id} any more, has [GET /v1/beds/{bed_id}]",
        List.of(HTTP_CLIENTS),
        house -> house.route("GetBed", house.route("GetBed").clearAdditionalBindings()));
    breaks(
        rpc + "Sow has no route SOW /v1/beds any more, has [REAP /v1/beds]",
        List.of(HTTP_CLIENTS),
        house -> {
          HttpRule.Builder rule = house.route("Sow");
          rule.getCustomBuilder().setKind("REAP");
          house.route("Sow", rule);
        });
    breaks(
        rpc
            + "Plant has another body for PUT /v1/beds/{bed_id}: body: \"labels\" response_body:"
            + " \"\", had body: \"*\" response_body: \"\"",
        List.of(HTTP_CLIENTS),
        house -> house.route("Plant", house.route("Plant").setBody("labels")));
    breaks(
        rpc
            + "Plant has another body for PUT /v1/beds/{bed_id}: body: \"*\" response_body:"
            + " \"soil\", had body: \"*\" response_body: \"\"",
        List.of(HTTP_CLIENTS),
        house -> house.route("Plant", house.route("Plant").setResponseBody("soil")));
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> ofExtensions() {
    breaks(
        "extension greenhouse.v1.hint was removed or renumbered",
        List.of(PAYLOADS, JAVA_CODE),
        house -> house.file().getExtensionBuilder(0).setNumber(50998));
    breaks(
        "extension greenhouse.v1.hint is int32, was string",
        List.of(PAYLOADS, HTTP_CLIENTS, JAVA_CODE),
        house -> house.file().getExtensionBuilder(0).setType(FieldDescriptorProto.Type.TYPE_INT32));
    return cases.stream();
  }

  @Test
  void saysLineAndWhatWouldBeRightInOneLine() {
    var changed = Greenhouse.changed(house -> house.field("PlantRequest", "rows").setJsonName("x"));

    assertThat(Comparison.of(Greenhouse.unchanged(), changed).getFirst().toString())
        .isEqualTo(
            """
            greenhouse/v1/greenhouse.proto:59:3: field greenhouse.v1.PlantRequest.rows (11) has JSON \
            name "x", had "rows": breaks HTTP clients (expected: json_name = "rows")\
            """);
  }
}
