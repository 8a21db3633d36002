#include "core/discovery/scores.h"
