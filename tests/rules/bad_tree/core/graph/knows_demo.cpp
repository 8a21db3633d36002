#include "core/demo/words.h"
