/* A library with the C interface of CP-SAT that misbehaves as the environment says:
   FAKE_MODE is what it does, FAKE_ANSWER the response in hexadecimal, FAKE_MINOR its version 9.x,
   FAKE_PID a file that gets the number of the process. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int mode(const char *name) {
  const char *mode = getenv("FAKE_MODE");
  return mode != NULL && strcmp(mode, name) == 0;
}

static volatile int stopped;

__attribute__((constructor)) static void load(void) {
  const char *path = getenv("FAKE_PID");
  if (path != NULL) {
    FILE *file = fopen(path, "w");
    fprintf(file, "%d", getpid());
    fclose(file);
  }
  if (mode("slow start")) sleep(600);
}

int _ZN19operations_research19OrToolsMajorVersionEv(void) { return 9; }
int _ZN19operations_research19OrToolsMinorVersionEv(void) {
  const char *minor = getenv("FAKE_MINOR");
  return minor == NULL ? 15 : atoi(minor);
}
int _ZN19operations_research19OrToolsPatchVersionEv(void) { return 0; }

void *SolveCpNewEnv(void) { return malloc(1); }
void SolveCpDestroyEnv(void *env) { free(env); }
void SolveCpStopSearch(void *env) { stopped = 1; }

void SolveCpInterruptible(void *env, const void *model, int model_length, const void *parameters,
                          int parameters_length, void **response, int *response_length) {
  const char *answer = getenv("FAKE_ANSWER");
  unsigned char *bytes;
  int length, i;
  unsigned byte;
  if (mode("abort")) {
    fprintf(stderr, "Check failed: this is a fake\n");
    abort();
  }
  if (mode("fault")) *(volatile int *)8 = 0;
  if (mode("exit")) exit(3);
  if (mode("hang")) for (;;) sleep(600);
  if (mode("until stopped")) while (!stopped) usleep(1000);
  if (mode("print")) {
    printf("Starting CP-SAT solver, as a log would\n");
    fflush(stdout);
  }
  if (mode("no response")) return;
  length = answer == NULL ? 0 : (int)strlen(answer) / 2;
  bytes = malloc(length + 1);
  for (i = 0; i < length; i++) {
    sscanf(answer + 2 * i, "%2x", &byte);
    bytes[i] = (unsigned char)byte;
  }
  *response = bytes;
  *response_length = mode("negative length") ? -5 : mode("too long") ? 0x7fffffff : length;
}
