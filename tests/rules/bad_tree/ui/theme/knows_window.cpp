#include "ui/window/window.h"
