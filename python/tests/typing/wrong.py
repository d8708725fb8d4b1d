# pyright: basic
from brandvx_observability import events, ph_capture

events.cadence.message_snt("t", channel="sms", template_id="a", contact_id="b")
events.onboarding.step_viewed("t", step="x", position=1)
events.cadence.message_sent("t", channel="fax", template_id="a", contact_id="b")
events.cadence.message_sent("t", channel="sms", template_id="a")
events.cadence.message_sent("t", channel="sms", template_id="a", contact_id="b", body="x")
events.cadence.message_sent("t", "sms", template_id="a", contact_id="b")
ph_capture("cadence.message_snt", "t", {"channel": "sms", "template_id": "a", "contact_id": "b"})
ph_capture("onboarding.step_viewed", "t", {"step": "x", "position": 1})
ph_capture("cadence.message_sent", "t", {"channel": "fax", "template_id": "a", "contact_id": "b"})
ph_capture("cadence.message_sent", "t", {"channel": "sms", "template_id": "a"})
