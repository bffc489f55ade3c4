package io.bodybroker.questsystem;

import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.timemanager.v1.CancelScheduleRequest;
import io.bodybroker.timemanager.v1.CancelScheduleResponse;
import io.bodybroker.timemanager.v1.GetScheduleRequest;
import io.bodybroker.timemanager.v1.GetScheduleResponse;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.timemanager.v1.ListSchedulesRequest;
import io.bodybroker.timemanager.v1.ListSchedulesResponse;
import io.bodybroker.timemanager.v1.ScheduleEventRequest;
import io.bodybroker.timemanager.v1.ScheduleEventResponse;
import io.bodybroker.timemanager.v1.SetScaleRequest;
import io.bodybroker.timemanager.v1.SetScaleResponse;
import io.bodybroker.timemanager.v1.SetTimeRequest;
import io.bodybroker.timemanager.v1.SetTimeResponse;
import io.bodybroker.timemanager.v1.TimeManagerService;

/** As much of the time-manager as quest-system calls: it is always night. */
final class TestTimeManager implements TimeManagerService {
  @Override
  public GetTimeResponse getTime(GetTimeRequest request, CallContext call) {
    var answer = GetTimeResponse.newBuilder();
    answer
        .getNowBuilder()
        .setWorldId(request.getWorldId())
        .setDayPhase(DayPhase.NIGHT)
        .setMoonPhase(MoonPhase.FULL)
        .setSeason(Season.FALL);
    return answer.build();
  }

  @Override
  public SetTimeResponse setTime(SetTimeRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public SetScaleResponse setScale(SetScaleRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public ScheduleEventResponse scheduleEvent(ScheduleEventRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public CancelScheduleResponse cancelSchedule(CancelScheduleRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public GetScheduleResponse getSchedule(GetScheduleRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public ListSchedulesResponse listSchedules(ListSchedulesRequest request, CallContext call) {
    throw unimplemented();
  }

  private static ServiceException unimplemented() {
    return ServiceException.of(ErrorCode.UNIMPLEMENTED, "quest-system does not call this");
  }
}
