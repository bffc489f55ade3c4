package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.IncrementCounterResponse;
import io.bodybroker.statemanager.v1.UpdateStateResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class StateManagerThroughGatewayTest {
  private static final String STATE = "/v1/players/keeper/state";

  @Test
  void keepsADocumentWithItsVersions(TheGame game) {
    var operator = game.operator();

    var written =
        operator
            .put(STATE, "{\"state\": {\"bag\": {\"gold\": 12}}, \"mode\": \"REPLACE\"}")
            .as(UpdateStateResponse.getDefaultInstance());
    assertThat(written.getVersion()).isEqualTo(1);
    var counted =
        operator
            .post(STATE + "/increments", "{\"path\": \"bag.gold\", \"by\": 5}")
            .as(IncrementCounterResponse.getDefaultInstance());
    assertThat(counted.getValue()).isEqualTo(17);
    var read = operator.get(STATE + "?min_version=2").as(GetStateResponse.getDefaultInstance());
    assertThat(read.getVersion()).isEqualTo(2);
    assertThat(read.getState().getFieldsOrThrow("bag").getStructValue().getFieldsOrThrow("gold"))
        .isEqualTo(Value.newBuilder().setNumberValue(17).build());

    var late =
        operator
            .put(STATE, "{\"state\": {}, \"mode\": \"REPLACE\", \"expectedVersion\": 1}")
            .problem();
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.code()).isEqualTo("ABORTED");
    assertThat(late.text("details", "current_version")).isEqualTo("2");
  }

  @Test
  void namesWhatIsWrongInARequest(TheGame game) {
    var wrong = game.operator().put(STATE, "{\"mode\": \"REPLACE\"}").problem();
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.fields()).containsExactly("state");
  }
}
