package io.bodybroker.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Where a contract declares something, and what it says there.
 *
 * @param title what it is, for a problem: {@code rpc
 *     bodybroker.weather_manager.v1.WeatherManager.GetWeather}
 * @param position file, line and column, from 1, as protoc shows them; only the file if protoc does
 *     not say more
 * @param comment the text before it; empty if there is none
 */
record Declaration(String title, String position, String comment) {
  static Declaration of(ServiceDescriptor service) {
    var path = List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service.getIndex());
    return of("service " + service.getFullName(), service.getFile(), path);
  }

  static Declaration of(MethodDescriptor method) {
    var path =
        List.of(
            FileDescriptorProto.SERVICE_FIELD_NUMBER,
            method.getService().getIndex(),
            ServiceDescriptorProto.METHOD_FIELD_NUMBER,
            method.getIndex());
    return of("rpc " + method.getFullName(), method.getFile(), path);
  }

  private static Declaration of(String title, FileDescriptor file, List<Integer> path) {
    Optional<Location> location =
        file.toProto().getSourceCodeInfo().getLocationList().stream()
            .filter(candidate -> candidate.getPathList().equals(path))
            .findFirst();
    String position =
        file.getName()
            + location
                .map(found -> ":" + (found.getSpan(0) + 1) + ":" + (found.getSpan(1) + 1))
                .orElse("");
    return new Declaration(title, position, location.map(Location::getLeadingComments).orElse(""));
  }
}
