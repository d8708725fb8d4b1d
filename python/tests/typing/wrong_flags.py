# pyright: basic
from brandvx_observability import aflag, flag, set_feature_flag

flag("ask-streming")
flag("ask-streaming", properties={"email": "x"})
flag("ask-streaming", properties={"plan": 4})
text: str = flag("ask-streaming")
set_feature_flag("onboarding-length", "tiny")
set_feature_flag("ask-streaming", "on")
flag()
aflag("onboarding")
flag("ask-streaming", tenant="t")
