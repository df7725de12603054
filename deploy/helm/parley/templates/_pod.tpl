{{/* How long a stop may take: the pause before, then three parts of at most drainSeconds + 10 each, and the rest. */}}
{{- define "parley.graceSeconds" -}}
{{- add .preStopSeconds (mul 3 (add .drainSeconds 10)) 10 -}}
{{- end -}}

{{- define "parley.oneWriter" -}}
{{- and (eq .values.storage.type "folder") (eq .values.storage.folder.accessMode "ReadWriteOnce") -}}
{{- end -}}

{{- define "parley.pod" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $own := $service.values -}}
{{- $management := include "parley.managementPort" . -}}
metadata:
  labels:
    {{- include "parley.selector" . | nindent 4 }}
    app.kubernetes.io/part-of: {{ $root.Values.platform }}
    {{- with $own.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ $service.name }}
    # Where Prometheus looks, if it is told to go by such annotations.
    prometheus.io/scrape: "true"
    prometheus.io/path: /actuator/prometheus
    prometheus.io/port: {{ $own.managementPort | default $own.port | quote }}
    {{- with $own.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ $service.fullName }}
  automountServiceAccountToken: false
  # Else Kubernetes sets variables such as PARLEY_AUTH_PORT, which would be read as settings.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "parley.graceSeconds" $own }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $own.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $own.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if ne $own.spread "none" }}
  topologySpreadConstraints:
    {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: {{ if and (eq $own.spread "hard") (eq $key "kubernetes.io/hostname") }}DoNotSchedule{{ else }}ScheduleAnyway{{ end }}
      labelSelector:
        matchLabels:
          {{- include "parley.selector" (dict "root" $root "service" $service) | nindent 10 }}
      {{- if ne $service.name "presence" }}
      matchLabelKeys: [pod-template-hash]
      {{- end }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ $service.name }}
      image: {{ printf "%s/%s-service:%s" $root.Values.image.repository $service.name ($root.Values.image.tag | default $root.Chart.AppVersion) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      ports:
        - name: http
          containerPort: {{ $own.port }}
        {{- if eq $management "management" }}
        - name: management
          containerPort: {{ $own.managementPort }}
        {{- end }}
      env:
        {{- include "parley.environment" . | trim | nindent 8 }}
      {{- with $own.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      # Has it started? Until then nothing else is asked. A service ends by itself if it cannot start.
      startupProbe:
        httpGet: { path: /actuator/health/liveness, port: {{ $management }} }
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: {{ $own.startupFailures }}
      # Does it take requests now? It says nothing of the services behind: who calls them has circuit breakers.
      readinessProbe:
        httpGet: { path: /actuator/health/readiness, port: {{ $management }} }
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 2
      # Is it beyond help? Patient, since a restart costs every socket of the pod.
      livenessProbe:
        httpGet: { path: /actuator/health/liveness, port: {{ $management }} }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      lifecycle:
        # Endpoints go first: requests that are sent here meanwhile are still answered.
        preStop:
          sleep:
            seconds: {{ $own.preStopSeconds }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        {{- toYaml $own.resources | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if and (eq $service.name "media") (eq $own.storage.type "folder") }}
        - name: files
          mountPath: /files
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ $own.temporarySpace }}
    {{- if and (eq $service.name "media") (eq $own.storage.type "folder") }}
    - name: files
      persistentVolumeClaim:
        claimName: {{ $own.storage.folder.existingClaim | default (printf "%s-files" $root.Values.platform) }}
    {{- end }}
{{- end -}}
